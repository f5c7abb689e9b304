using Net.Cnm.DesiredState;

namespace Net.Cnm.Firewalls;

/// <summary>What the firewall should do, in domain words; each backend compiles it to rules of its own.</summary>
public abstract record FirewallPolicy : DesiredObject;
