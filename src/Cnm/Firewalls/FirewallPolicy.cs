using Net.Cnm.DesiredState;

namespace Net.Cnm.Firewalls;

/// <summary>A desired object that says what the firewall should do, in terms of networks, endpoints and ports. Each backend compiles it to
/// its own rules.</summary>
public abstract record FirewallPolicy : DesiredObject;
