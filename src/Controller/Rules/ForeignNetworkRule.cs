using Net.Cnm.Errors;
using Net.Cnm.Networks;

namespace Net.Controller.Rules;

/// <summary>A network of another program is changed by that program alone: it assigns the addresses, and keeps a record of its
/// own.</summary>
internal static class ForeignNetworkRule
{
    /// <summary>Refuses a network of another program.</summary>
    /// <param name="network">The network.</param>
    /// <param name="remedy">What the user can do, such as <c>remove it there</c>.</param>
    /// <exception cref="CnmException">Forbidden: the network is another program's.</exception>
    public static void RequireOwn(Network network, string remedy)
    {
        if (network.Foreign is not null)
        {
            throw new CnmException(
                CnmErrorKind.Forbidden, $"network {network.Name} is Docker Engine's, which assigns its addresses; {remedy}");
        }
    }
}
