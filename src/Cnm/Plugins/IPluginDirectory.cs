using Net.Cnm.Drivers;
using Net.Cnm.Errors;

namespace Net.Cnm.Plugins;

/// <summary>The drivers that other programs implement (plug-ins), found by name.</summary>
/// <remarks>Safe to call from several threads. Finding one may take as long as the plug-in takes to answer.</remarks>
public interface IPluginDirectory
{
    /// <summary>The end of a message about a name that nothing has: where a plug-in would be found, such as
    /// <c>, or start a plug-in of that name (FOLDERS)</c>; empty when none is looked for.</summary>
    string Hint { get; }

    /// <summary>What a plug-in's networks have in the kernel, from what is stored of them. The plug-in is not asked.</summary>
    /// <param name="name">The driver's name.</param>
    INetworkDriver Describe(string name);

    /// <summary>The plug-in that implements a network driver; null when there is none of that name.</summary>
    /// <exception cref="CnmException">NotFound: the plug-in of that name is no network driver. Unavailable, Internal: it does not answer,
    /// or with nonsense.</exception>
    ValueTask<INetworkPlugin?> FindNetworkDriverAsync(string name, CancellationToken cancellationToken);

    /// <summary>The plug-in that implements an IPAM driver; null when there is none of that name.</summary>
    /// <exception cref="CnmException">As for <see cref="FindNetworkDriverAsync"/>.</exception>
    ValueTask<IIpamPlugin?> FindIpamDriverAsync(string name, CancellationToken cancellationToken);
}
