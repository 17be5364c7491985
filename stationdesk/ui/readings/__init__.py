"""The readings page: hours × points, typed as fast as one reads gauges."""
