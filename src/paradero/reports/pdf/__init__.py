"""Pages as tagged PDF: PDF/A-2a and PDF/UA-1, the same bytes on every machine."""
