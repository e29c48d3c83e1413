"""What an AWS service needs beyond HTTP: a signature, credentials, a region and an endpoint.

Nothing here sends anything; every module turns settings and requests into plain values.
"""
