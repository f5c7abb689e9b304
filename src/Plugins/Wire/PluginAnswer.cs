namespace Net.Plugins.Wire;

/// <summary>What every answer may have: an error. Network drivers name it <c>Err</c>, IPAM drivers <c>Error</c>; either counts.</summary>
internal record PluginAnswer
{
    /// <summary>The error of a network driver; null or empty for none.</summary>
    public string? Err { get; init; }

    /// <summary>The error of an IPAM driver; null or empty for none.</summary>
    public string? Error { get; init; }
}
