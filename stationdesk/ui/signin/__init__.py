"""Coming and going at the desk: the locked desk, sign-on and sign-off, passwords, the lock."""
