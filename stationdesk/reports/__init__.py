"""Sheets: what a service answers, as A4 paper or a workbook. docs/adr says why everything is drawn on the canvas."""
