"""The figures of ISO 6976:2016, typed from its tables 1 (molar mass), 2 (summation factors), 3 (heating values), A.1, A.4 and A.5.

Read against three transcriptions by others that agree in every figure used here. The edition of 1995 (GB/T 11062-2014) differs in
all of them, most in hydrogen and helium, whose summation factors were other for each and are −0.01 now, and in water.
GB/T 11062-2020 takes over the edition of 2016.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: combustion and metering temperatures of the standard, in ℃, in the order of the columns
COMBUSTION_C = (0.0, 15.0, 15.55, 20.0, 25.0)
METERING_C = (0.0, 15.0, 15.55, 20.0)

GAS_CONSTANT = 8.3144621  # J/(mol·K), A.1
AIR_G_MOL = 28.96546  # dry air of the standard's composition, A.1
AIR_Z = (0.999419, 0.999595, 0.999601, 0.999645)  # of dry air at 101.325 kPa and METERING_C, A.4
VAPORISATION_KJ_MOL = (45.064, 44.431, 44.408, 44.222, 44.013)  # of water at COMBUSTION_C, A.5


@dataclass(frozen=True, slots=True)
class Constants:
    """One component: g/mol, hydrogen atoms, summation factors at METERING_C, superior heating values in kJ/mol at COMBUSTION_C."""

    molar_mass: float
    hydrogen: int
    summation: tuple[float, float, float, float]
    heating: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)


CONSTANTS: Mapping[str, Constants] = MappingProxyType(
    {
        "methane": Constants(16.04246, 4, (0.04886, 0.04452, 0.04437, 0.04317), (892.92, 891.51, 891.46, 891.05, 890.58)),
        "nitrogen": Constants(28.0134, 0, (0.0214, 0.0170, 0.0169, 0.0156)),
        "carbon_dioxide": Constants(44.0095, 0, (0.0821, 0.0752, 0.0749, 0.0730)),
        "ethane": Constants(30.06904, 6, (0.0997, 0.0919, 0.0916, 0.0895), (1564.35, 1562.14, 1562.06, 1561.42, 1560.69)),
        "propane": Constants(44.09562, 8, (0.1465, 0.1344, 0.1340, 0.1308), (2224.03, 2221.10, 2220.99, 2220.13, 2219.17)),
        "isobutane": Constants(58.12220, 10, (0.1885, 0.1722, 0.1717, 0.1673), (2874.21, 2870.58, 2870.45, 2869.39, 2868.20)),
        "n_butane": Constants(58.12220, 10, (0.2022, 0.1840, 0.1834, 0.1785), (2883.35, 2879.76, 2879.63, 2878.58, 2877.40)),
        "isopentane": Constants(72.14878, 12, (0.2458, 0.2251, 0.2244, 0.2189), (3536.01, 3531.68, 3531.52, 3530.25, 3528.83)),
        "n_pentane": Constants(72.14878, 12, (0.2586, 0.2361, 0.2354, 0.2295), (3542.91, 3538.60, 3538.45, 3537.19, 3535.77)),
        "hexane": Constants(86.17536, 14, (0.3319, 0.3001, 0.2990, 0.2907), (4203.24, 4198.24, 4198.06, 4196.60, 4194.95)),
        "heptane": Constants(100.20194, 16, (0.4076, 0.3668, 0.3654, 0.3547), (4862.88, 4857.18, 4856.98, 4855.31, 4853.43)),
        "octane": Constants(114.22852, 18, (0.4845, 0.4346, 0.4329, 0.4198), (5522.41, 5516.01, 5515.78, 5513.90, 5511.80)),
        "nonane": Constants(128.25510, 20, (0.5617, 0.5030, 0.5010, 0.4856), (6182.92, 6175.82, 6175.56, 6173.48, 6171.15)),
        "decane": Constants(142.28168, 22, (0.6713, 0.5991, 0.5967, 0.5778), (6842.69, 6834.90, 6834.62, 6832.33, 6829.77)),
        "hydrogen": Constants(2.01588, 2, (-0.01, -0.01, -0.01, -0.01), (286.64, 286.15, 286.13, 285.99, 285.83)),
        "oxygen": Constants(31.9988, 0, (0.0311, 0.0276, 0.0275, 0.0265)),
        "carbon_monoxide": Constants(28.0101, 0, (0.0258, 0.0217, 0.0215, 0.0203), (282.80, 282.91, 282.91, 282.95, 282.98)),
        "water": Constants(18.01528, 2, (0.3093, 0.2562, 0.2546, 0.2419), (45.064, 44.431, 44.408, 44.222, 44.013)),
        "hydrogen_sulfide": Constants(34.08088, 2, (0.1006, 0.0923, 0.0920, 0.0898), (562.93, 562.38, 562.36, 562.19, 562.01)),
        "helium": Constants(4.002602, 0, (-0.01, -0.01, -0.01, -0.01)),
        "argon": Constants(39.948, 0, (0.0307, 0.0273, 0.0272, 0.0262)),
    }
)
