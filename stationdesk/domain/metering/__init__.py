"""Metering: from what counters, gauges and the laboratory say to the gas that went over, and whether both sides agree."""
