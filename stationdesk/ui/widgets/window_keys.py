"""Keys of what is done to a shift and its handover, heard on every page: for the window and the buttons that show them."""

KEYS = {
    "refuse": "Alt R",
    "withdraw": "Alt W",
    "dissent": "Alt D",
    "ink": "Alt I",
    "settle": "Alt L",
    "unscheduled": "Alt U",
    "extend": "Alt E",
    "sign_off_crew": "Alt Q",
    "sign_off": "Ctrl Q",
    "emergency_state": "Ctrl F11",
    "switch_run": "Alt S",
}
