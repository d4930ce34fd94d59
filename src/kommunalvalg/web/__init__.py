"""The calculator as a page: what its form holds, what is answered to it, the page, and the server on this machine.

The page knows nothing of elections. It sends what stands in its form, a *sheet*, and shows what comes back; so the same
page is answered by Python in the browser and by the server of ``kommunalvalg beregner``.
"""
