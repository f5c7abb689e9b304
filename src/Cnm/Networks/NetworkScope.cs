namespace Net.Cnm.Networks;

/// <summary>How far a network reaches.</summary>
public enum NetworkScope
{
    /// <summary>One host.</summary>
    Local,

    /// <summary>Every host that shares a store.</summary>
    Global,
}
