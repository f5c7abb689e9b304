namespace Net.Cnm.DesiredState;

/// <summary>How the links of one ipvlan parent reach each other. Source: Documentation/networking/ipvlan.rst.</summary>
public enum IpvlanFlag
{
    /// <summary>Directly.</summary>
    Bridge,

    /// <summary>Not at all.</summary>
    Private,

    /// <summary>By a switch outside that sends frames back by the port they came from (802.1Qbg).</summary>
    Vepa,
}
