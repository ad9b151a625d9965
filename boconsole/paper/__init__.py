"""Paper: pages, tables and fonts for what leaves as PDF; knows no records."""
