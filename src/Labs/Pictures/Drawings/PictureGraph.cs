using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures.Drawings;

/// <summary>A picture as nodes and edges, for programs that find the places themselves.</summary>
internal sealed class PictureGraph
{
    private const string Outside = "outside";

    private readonly List<GraphNode> _nodes = [];
    private readonly List<GraphEdge> _edges = [];

    private PictureGraph(Picture picture)
    {
        foreach (PicturedHost host in picture.Hosts)
        {
            AddHost(host);
        }

        foreach (PicturedWire wire in picture.Wires)
        {
            GraphNode node = Add(null, GraphNodeKind.Wire, [TerminalText.Escape(wire.Name)]);
            foreach (PicturedWireEnd end in wire.Ends)
            {
                if (_nodes.Find(other => other.Kind == GraphNodeKind.Host && other.Host == end.Host) is { } host)
                {
                    _edges.Add(new GraphEdge(node, host, GraphEdgeKind.Plugged, TerminalText.Escape(end.Interface ?? "")));
                }
            }
        }

        if (picture.Wires.Count == 0)
        {
            GraphNode outside = Add(null, GraphNodeKind.Wire, [Outside]);
            _edges.AddRange(_nodes.Where(node => node.Kind == GraphNodeKind.Host)
                .Select(host => new GraphEdge(outside, host, GraphEdgeKind.Plugged, "")));
        }
    }

    /// <summary>The nodes; those of one host follow each other.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>The edges.</summary>
    public IReadOnlyList<GraphEdge> Edges => _edges;

    /// <summary>The graph of a picture that is in order.</summary>
    public static PictureGraph Of(Picture picture) => new(picture);

    private void AddHost(PicturedHost host)
    {
        var groups = new HostGroups(host);
        GraphNode hostNode = Add(
            host, GraphNodeKind.Host, [$"host {TerminalText.Escape(host.Name)}", .. host.Uplinks.Select(PictureWords.Uplink)]);
        var networks = new Dictionary<string, GraphNode>(StringComparer.Ordinal);
        foreach (PicturedNetwork network in host.Networks)
        {
            GraphNode node = Add(
                host, network.Internal ? GraphNodeKind.InternalNetwork : GraphNodeKind.Network,
                [TerminalText.Escape(network.Name), PictureWords.Kind(network), .. network.Subnets.Select(PictureWords.Subnet)]);
            networks[network.Name] = node;
            if (!network.Internal)
            {
                _edges.Add(new GraphEdge(hostNode, node, GraphEdgeKind.Plugged, ""));
            }
        }

        var containers = new Dictionary<string, GraphNode>(StringComparer.Ordinal);
        foreach (PicturedContainer container in host.Containers)
        {
            containers[container.Name] = Add(
                host, container.IsUp ? GraphNodeKind.Container : GraphNodeKind.StoppedContainer, [.. Lines(container)]);
        }

        foreach (PicturedContainer container in host.Containers.Where(container => container.IsUp))
        {
            AddEdges(container, containers, networks, hostNode, groups);
        }
    }

    private void AddEdges(
        PicturedContainer container, Dictionary<string, GraphNode> containers, Dictionary<string, GraphNode> networks, GraphNode host,
        HostGroups groups)
    {
        GraphNode node = containers[container.Name];
        foreach (PicturedEndpoint endpoint in container.Endpoints)
        {
            if (networks.GetValueOrDefault(endpoint.Network) is { } network)
            {
                _edges.Add(new GraphEdge(network, node, GraphEdgeKind.Plugged, TerminalText.Escape(endpoint.Interface)));
            }

            _edges.AddRange(endpoint.Links.Where(link => containers.ContainsKey(link.Container)).Select(link => new GraphEdge(
                node, containers[link.Container], GraphEdgeKind.Named, $"link {TerminalText.Escape(link.Alias)}")));
        }

        _edges.AddRange(container.Ports.Select(port => new GraphEdge(host, node, GraphEdgeKind.Published, PictureWords.Port(port))));
        if (container.Mode == PicturedMode.Host)
        {
            _edges.Add(new GraphEdge(host, node, GraphEdgeKind.Plugged, "the host's own network"));
        }

        _edges.AddRange(groups.GuestsOf(container).Where(guest => containers.ContainsKey(guest.Name)).Select(guest => new GraphEdge(
            node, containers[guest.Name], GraphEdgeKind.Named, "shared network")));
    }

    private static IEnumerable<string> Lines(PicturedContainer container)
    {
        yield return PictureWords.Name(container);
        foreach (PicturedEndpoint endpoint in container.IsUp ? container.Endpoints : [])
        {
            string name = TerminalText.Escape(endpoint.Interface);
            foreach (string address in endpoint.Addresses)
            {
                yield return $"{name} {TerminalText.Escape(address)}".TrimStart();
            }

            if (endpoint.MacAddress.Length > 0)
            {
                yield return TerminalText.Escape(endpoint.MacAddress);
            }

            foreach (string alias in endpoint.Aliases)
            {
                yield return $"alias {TerminalText.Escape(alias)}";
            }
        }

        if (container is { IsUp: true, Mode: PicturedMode.None })
        {
            yield return "on no network";
        }
    }

    private GraphNode Add(PicturedHost? host, GraphNodeKind kind, IReadOnlyList<string> lines)
    {
        var node = new GraphNode($"n{_nodes.Count}", host?.Name, kind, lines);
        _nodes.Add(node);
        return node;
    }
}
