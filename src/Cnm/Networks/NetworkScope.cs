namespace Net.Cnm.Networks;

/// <summary>The scope in which a network exists.</summary>
public enum NetworkScope
{
    /// <summary>The network exists on one host.</summary>
    Local,

    /// <summary>The network exists on every host that shares the store.</summary>
    Global,
}
