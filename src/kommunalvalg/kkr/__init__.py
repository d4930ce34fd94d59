"""The kommunekontaktråd (KKR): KL's vedtægter and the forretningsorden for KKR 2026-2030."""
