"""The window: pages, widgets, and the runner that asks the store on their behalf."""
