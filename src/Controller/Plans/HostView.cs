using Net.Cnm.Hosts;
using Net.Dns.Files;

namespace Net.Controller.Plans;

/// <summary>The state of the host, read once at the beginning of an operation.</summary>
/// <param name="Facts">The facts that the engine read.</param>
/// <param name="Resolver">The contents of the host's resolv.conf.</param>
internal sealed record HostView(HostFacts Facts, ResolvConf Resolver);
