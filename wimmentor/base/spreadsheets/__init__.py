"""Spreadsheets in and out: CSV and XLSX, read without trust and written without formulas."""

from wimmentor.base.spreadsheets.read import read_table, read_tables
from wimmentor.base.spreadsheets.tables import Limits, Row, SpreadsheetError, Table
from wimmentor.base.spreadsheets.write import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx

__all__ = [
    "CSV_TYPE",
    "XLSX_TYPE",
    "Limits",
    "Row",
    "SpreadsheetError",
    "Table",
    "read_table",
    "read_tables",
    "write_csv",
    "write_xlsx",
]
