"""Resources and migrations are found in a checkout and in an installed package alike."""

from __future__ import annotations

import pytest

from stationdesk import paths


def test_in_a_checkout_they_lie_beside_the_package():
    root = paths.checkout()
    assert root is not None
    assert paths.resources() == root / "resources"
    assert paths.migrations() == root / "db"
    assert (paths.migrations() / "env.py").is_file()


def test_in_an_installed_package_they_lie_inside(tmp_path, monkeypatch):
    package = tmp_path / "site packages" / "stationdesk"
    for folder in ("_resources", "_db"):
        (package / folder).mkdir(parents=True)
    monkeypatch.setattr(paths, "PACKAGE", package)
    assert paths.resources() == package / "_resources"
    assert paths.migrations() == package / "_db"
    assert paths.checkout() is None


def test_every_language_has_its_catalogue():
    assert paths.catalogue("zh_CN").gettext("search the duty log") == "检索值班记录"
    assert paths.catalogue("en").gettext("search the duty log") == "search the duty log"
    with pytest.raises(FileNotFoundError):
        paths.catalogue("fr")
