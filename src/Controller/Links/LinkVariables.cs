using System.Net;
using System.Net.Sockets;
using Net.Cnm.Ports;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Models;

namespace Net.Controller.Links;

/// <summary>The environment variables of a sandbox's links, with the names, values and order of Docker Engine 29.</summary>
/// <remarks>A variable has the target's address at the moment when the command starts; it does not follow the target, as the line in
/// /etc/hosts does.</remarks>
internal static class LinkVariables
{
    /// <summary>The sandbox with the variables of its links in the environment of its command: after those that every command has, and
    /// before the user's own. A variable of the user's takes the value and the place of one of a link with the same name.</summary>
    public static Sandbox AddTo(Sandbox sandbox, ModelSnapshot model)
    {
        if (sandbox is not { Process: { } process, Links: not null })
        {
            return sandbox;
        }

        int usual = ProcessEnvironment.Complete([], sandbox.HostName, process.Terminal).Count;
        IReadOnlyList<string> environment = ProcessEnvironment.Merge(
            [.. process.Environment.Take(usual), .. Of(sandbox, model)], process.Environment.Skip(usual));
        return sandbox with { Process = process with { Environment = environment } };
    }

    /// <summary>The variables of the links that lead somewhere now.</summary>
    public static IEnumerable<string> Of(Sandbox sandbox, ModelSnapshot model) =>
        LiveLink.Of(model, sandbox).SelectMany(link => Of(sandbox, link)).DistinctBy(NameOf);

    private static IEnumerable<string> Of(Sandbox sandbox, LiveLink link)
    {
        string prefix = link.Alias.ToUpperInvariant().Replace('-', '_');
        IReadOnlyList<(PortProtocol Protocol, ushort Port)> services = ExposedServices.Of(link.Target);
        IPAddress? address = link.Endpoint.IPv4?.Address ?? link.Endpoint.IPv6?.Address;
        return
        [
            .. address is null ? [] : PortsOf(prefix, address, services),
            $"{prefix}_NAME=/{sandbox.Name}/{link.Alias}",
            .. OwnOf(link.Target).Select(variable => $"{prefix}_ENV_{variable}"),
        ];
    }

    private static IEnumerable<string> PortsOf(
        string prefix, IPAddress address, IReadOnlyList<(PortProtocol Protocol, ushort Port)> services)
    {
        string host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
        int first = 0; // of the run of consecutive ports
        for (int i = 0; i < services.Count; i++)
        {
            (PortProtocol protocol, ushort port) = services[i];
            if (i == 0)
            {
                yield return $"{prefix}_PORT={Url(services[i])}";
            }

            string name = NameOfPort(services[i]);
            yield return $"{name}={Url(services[i])}";
            yield return $"{name}_ADDR={address}";
            yield return $"{name}_PORT={port}";
            yield return $"{name}_PROTO={protocol.ToWord()}";

            // Docker notices the end of a run at the next port, whose own variables have been written by then.
            bool continues = i > first && services[i - 1] == (protocol, (ushort)(port - 1));
            int last = continues ? i : i - 1;
            if ((!continues || i == services.Count - 1) && last > first)
            {
                string run = NameOfPort(services[first]);
                yield return $"{run}_START={Url(services[first])}";
                yield return $"{run}_PORT_START={services[first].Port}";
                yield return $"{run}_END={Url(services[last])}";
                yield return $"{run}_PORT_END={services[last].Port}";
            }

            first = continues ? first : i;
        }

        string NameOfPort((PortProtocol Protocol, ushort Port) service) =>
            $"{prefix}_PORT_{service.Port}_{service.Protocol.ToWord().ToUpperInvariant()}";

        string Url((PortProtocol Protocol, ushort Port) service) => $"{service.Protocol.ToWord()}://{host}:{service.Port}";
    }

    // The user's variables of the target: not those that every command gets, nor the TERM that comes with a terminal.
    private static IEnumerable<string> OwnOf(Sandbox target) =>
        target.Process is not { } process
            ? []
            : process.Environment.Except(ProcessEnvironment.Complete([], target.HostName, process.Terminal), StringComparer.Ordinal)
                .Where(variable => variable.Contains('=', StringComparison.Ordinal)
                    && NameOf(variable) is not ("HOME" or "PATH") && !(process.Terminal && NameOf(variable) == "TERM"));

    private static string NameOf(string variable) =>
        variable.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? variable[..at] : variable;
}
