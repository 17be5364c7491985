"""Metering: streams, compositions, the hours of gas, the takeover, discrepancies and the gas day."""
