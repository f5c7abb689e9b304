namespace Net.Dns.Resolver;

/// <summary>The result of looking a name up among the local names of one client.</summary>
public enum NameLookup
{
    /// <summary>The name is not local: the query is forwarded.</summary>
    NotLocal,

    /// <summary>The name is local and exists, with or without a record of the type that is asked for: NOERROR.</summary>
    Known,

    /// <summary>The name is in a local domain and does not exist: NXDOMAIN.</summary>
    Missing,
}
