using Net.Api.Networks;
using Net.Labs.Compose.Models;

namespace Net.Labs.Compose.Running;

/// <summary>What has to be done with one network of a project.</summary>
/// <param name="Network">What the file says of it.</param>
/// <param name="Request">How it is made.</param>
/// <param name="Changed">The network that is there and is described differently now; null when there is none.</param>
internal sealed record NetworkPlan(ComposeNetwork Network, NetworkCreateRequest Request, NetworkResource? Changed);
