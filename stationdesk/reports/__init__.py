"""Sheets: what a service answers, as A4 paper or a workbook. docs/adr/0008-sheets-on-the-canvas.md says why so."""
