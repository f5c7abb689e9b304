namespace Net.Cnm.Firewalls;

/// <summary>What a mending of the firewall's rules has done.</summary>
public enum FirewallMending
{
    /// <summary>Nothing: the rules were right.</summary>
    Nothing,

    /// <summary>Moved the rules before those that another program had put before them, as it does with each network that it
    /// makes.</summary>
    Moved,

    /// <summary>Put back what another program had removed or changed.</summary>
    PutBack,
}
