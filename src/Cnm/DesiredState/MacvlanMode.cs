namespace Net.Cnm.DesiredState;

/// <summary>How the links of one macvlan parent reach each other. Source: ip-link(8), type macvlan.</summary>
public enum MacvlanMode
{
    /// <summary>Directly.</summary>
    Bridge,

    /// <summary>By a switch outside that sends frames back by the port they came from (802.1Qbg).</summary>
    Vepa,

    /// <summary>Not at all.</summary>
    Private,

    /// <summary>There is only one link, which takes over its parent with the parent's Ethernet address.</summary>
    PassThrough,
}
