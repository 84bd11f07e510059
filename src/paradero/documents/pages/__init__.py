"""The letters of a document: pages of text, each letter knowing where it stands in the original."""
