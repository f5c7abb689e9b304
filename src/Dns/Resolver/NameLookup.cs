namespace Net.Dns.Resolver;

/// <summary>What a name is to one client.</summary>
public enum NameLookup
{
    /// <summary>Not ours: others are asked.</summary>
    NotOurs,

    /// <summary>Ours, and it is there, if without a record of the type that is asked for: NOERROR.</summary>
    Known,

    /// <summary>In a domain of ours, and not there: NXDOMAIN.</summary>
    Missing,
}
