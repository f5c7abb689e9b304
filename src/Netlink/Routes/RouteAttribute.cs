namespace Net.Netlink.Routes;

/// <summary>The attributes of a route message.</summary>
/// <remarks>Source: include/uapi/linux/rtnetlink.h.</remarks>
public enum RouteAttribute : ushort
{
    /// <summary>RTA_DST.</summary>
    Destination = 1,

    /// <summary>RTA_OIF: u32, link index.</summary>
    OutputInterface = 4,

    /// <summary>RTA_GATEWAY.</summary>
    Gateway = 5,

    /// <summary>RTA_PRIORITY: u32, the metric; lower wins.</summary>
    Priority = 6,

    /// <summary>RTA_PREFSRC.</summary>
    PreferredSource = 7,

    /// <summary>RTA_METRICS: nested RTAX_*.</summary>
    Metrics = 8,

    /// <summary>RTA_TABLE: u32.</summary>
    Table = 15,

    /// <summary>RTA_VIA: a gateway of another family.</summary>
    Via = 18,
}
