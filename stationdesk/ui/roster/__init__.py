"""The roster page: people × days as a grid one plans in, and beside it what breaks a rule and how it is mended."""
