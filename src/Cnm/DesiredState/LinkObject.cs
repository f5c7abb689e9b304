namespace Net.Cnm.DesiredState;

/// <summary>A network link, or a pair of them, of one of the kernel's kinds. Each kind of link is a record of its own.</summary>
public abstract record LinkObject : DesiredObject
{
    /// <summary>The kernel's name of the kind (IFLA_INFO_KIND), such as "bridge", "veth" or "macvlan".</summary>
    public abstract string Kind { get; }

    /// <summary>The name of the kernel module that has the kind, for messages. Default: the kind's name.</summary>
    public virtual string Module => Kind;

    /// <summary>The kernel's build option for the kind, for messages. Default: CONFIG_ and the kind's name.</summary>
    public virtual string BuildOption => $"CONFIG_{Kind.ToUpperInvariant()}";

    /// <summary>A few words that name the link in messages, such as <c>bridge br-0123456789ab</c>.</summary>
    public abstract string Words { get; }
}
