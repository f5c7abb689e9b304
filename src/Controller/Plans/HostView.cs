using Net.Cnm.Hosts;
using Net.Dns.Files;

namespace Net.Controller.Plans;

/// <summary>What one operation knows of the host, read once at its beginning.</summary>
/// <param name="Facts">What the engine read.</param>
/// <param name="Resolver">What the host's resolv.conf says.</param>
internal sealed record HostView(HostFacts Facts, ResolvConf Resolver);
