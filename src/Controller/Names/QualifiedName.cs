using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>The two forms of a name: <c>NAME</c> and <c>NAME.NETWORK</c>.</summary>
internal static class QualifiedName
{
    /// <summary>Both forms of a name. A form that is longer than DNS allows is left out: no query can contain it.</summary>
    public static IEnumerable<DnsName> FormsOf(string name, string network)
    {
        if (DnsName.TryParse(name, out DnsName alone))
        {
            yield return alone;
        }

        if (TryOf(name, network, out DnsName full))
        {
            yield return full;
        }
    }

    /// <summary><c>NAME.NETWORK</c>; false when that is longer than DNS allows.</summary>
    public static bool TryOf(string name, string network, out DnsName full) => DnsName.TryParse($"{name.TrimEnd('.')}.{network}", out full);
}
