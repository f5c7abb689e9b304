using Net.Cnm.Drivers;
using Net.Cnm.Plugins;

namespace Net.Tests.Unit.Controller;

/// <summary>No plug-ins at all.</summary>
internal sealed class NoPlugins : IPluginDirectory
{
    public string Hint => "";

    public INetworkDriver Describe(string name) => throw new InvalidOperationException($"there is no plug-in {name}");

    public ValueTask<INetworkPlugin?> FindNetworkDriverAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<INetworkPlugin?>(null);

    public ValueTask<IIpamPlugin?> FindIpamDriverAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IIpamPlugin?>(null);
}
