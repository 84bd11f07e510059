"""The whole public site as files that any web space, and a folder on a disk, can hold."""
