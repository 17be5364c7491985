"""What can be done on the roster page from wherever one is: for the command palette.

Light enough to be read before the page is made.
"""

BRING = ("do", "bring")
"""The page's target: ask for a file to make a draft of."""
