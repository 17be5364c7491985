"""The hazards page: hazards, open items, dispatch orders and instructions, each with its life and the steps allowed."""
