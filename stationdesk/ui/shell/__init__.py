"""The frame that never moves: strip, rail, foot, and what lies over the page."""
