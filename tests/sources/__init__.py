"""The sources room: every release's headers, every container, damaged files, the real workbooks."""
