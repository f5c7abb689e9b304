using Net.Api.Networks;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Models;

/// <summary>A network of a Compose file.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Place">Where it is in the file.</param>
/// <param name="IsExternal">Whether it has to be there already, and stays when the project goes.</param>
/// <param name="Request">How it is made. The name in it is the network's own.</param>
public sealed record ComposeNetwork(string Key, Place Place, bool IsExternal, NetworkCreateRequest Request)
{
    /// <summary>The network's own name.</summary>
    public string Name => Request.Name!;
}
