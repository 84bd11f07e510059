"""A built casefile as a site: pages by question, the same answers as JSON and as files, read and never
changed; served from this machine, or written as files that any web space can hold. Needs the extra `web`.
"""
