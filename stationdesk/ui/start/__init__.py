"""The first start, and a store that cannot be opened: what covers the window until there is one."""
