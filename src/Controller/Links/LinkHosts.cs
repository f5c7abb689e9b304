using System.Net;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Links;

/// <summary>The lines of a sandbox's /etc/hosts for its links.</summary>
internal static class LinkHosts
{
    /// <summary>For each link one line for each address of the target, IPv4 first: the alias, the target's host name, and its name where
    /// that is not the alias. The form is Docker's.</summary>
    public static IEnumerable<string> LinesOf(ModelSnapshot model, Sandbox sandbox) =>
        from link in LiveLink.Of(model, sandbox)
        from address in (IPAddress?[])[link.Endpoint.IPv4?.Address, link.Endpoint.IPv6?.Address]
        where address is not null
        select $"{address}\t{link.Alias} {link.Target.HostName}{(link.Target.Name == link.Alias ? "" : $" {link.Target.Name}")}";
}
