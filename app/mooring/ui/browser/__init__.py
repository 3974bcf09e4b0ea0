"""The browser: the list of machines, and the details of the one under the cursor."""
