using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Firewalls;
using Net.Firewall.Obstacles;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>The firewall by nf_tables over netlink: <c>table ip netctl</c> and <c>table ip6 netctl</c>, one transaction a change.</summary>
/// <remarks>
/// A change is first sent as if the tables were there and all that goes were there; only when the kernel says that something is not, the tables
/// are read and the change is planned from what is there (kernels before 6.3 cannot be told to pass over what is gone). Not safe for two
/// threads at once: changes must come one after the other.
/// </remarks>
public sealed class NftablesBackend : IFirewallBackend, IDisposable
{
    private const int Attempts = 5;

    private readonly NetlinkConnection _connection;
    private readonly bool _ipv6Available;

    private NftablesBackend(NetlinkConnection connection, bool ipv6Available)
    {
        _connection = connection;
        _ipv6Available = ipv6Available;
    }

    /// <inheritdoc/>
    public string Name => "nftables";

    /// <summary>Opens the firewall of a namespace.</summary>
    /// <param name="networkNamespace">The namespace; null for that of the calling thread.</param>
    /// <param name="ipv6Available">Whether the kernel has IPv6.</param>
    /// <exception cref="CnmException">Unavailable: the kernel has no netfilter netlink.</exception>
    public static NftablesBackend Open(NetworkNamespace? networkNamespace = null, bool ipv6Available = true)
    {
        try
        {
            return new NftablesBackend(NetlinkConnection.Open(NetlinkProtocol.Netfilter, networkNamespace), ipv6Available);
        }
        catch (LinuxException error)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable, $"firewall: the kernel has no nf_tables ({error.Message}); load the module nf_tables, or use --firewall-backend iptables", error);
        }
    }

    /// <summary>Whether the kernel has nf_tables at all.</summary>
    public static bool IsInKernel()
    {
        try
        {
            using NetlinkConnection connection = NetlinkConnection.Open(NetlinkProtocol.Netfilter);
            connection.ReadGeneration();
            return true;
        }
        catch (Exception error) when (error is LinuxException or NetlinkException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Change(FirewallChange change)
    {
        IReadOnlyList<NftablesElement> add = Compile(change.Add);
        IReadOnlyList<NftablesElement> remove = Compile(change.Remove);
        FirewallFamily[] families = [.. add.Concat(remove).Select(element => element.Family).Distinct()];
        try
        {
            Commit(families.Select(family => NftablesPlan.Assume(family, Of(family, add), Of(family, remove))));
        }
        catch (NetfilterBatchException error) when (error.Errno is Errno.NoEntry)
        {
            Retry(() => Commit([.. families.Select(family => NftablesPlan.From(Read(family), Of(family, add), Of(family, remove)))]));
        }
        catch (NetfilterBatchException error)
        {
            throw Refused(error);
        }
    }

    /// <inheritdoc/>
    public FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired)
    {
        Dictionary<FirewallFamily, NftablesState> states = NftablesLayout.All.ToDictionary(layout => layout.Family, layout => Read(layout.Family));
        var expected = new HashSet<NftablesElement>();
        var missing = new List<FirewallPolicy>();
        foreach (FirewallPolicy policy in desired)
        {
            IReadOnlyList<NftablesElement> elements = Compile([policy]);
            expected.UnionWith(elements);
            if (!elements.All(element => states[element.Family].IsWhole && states[element.Family].Has(element)))
            {
                missing.Add(policy);
            }
        }

        IEnumerable<KernelLeftover> leftover = states.Values.SelectMany(state => state.Elements
            .Where(present => !expected.Contains(present))
            .Select(present => new KernelLeftover(
                "element",
                $"nft element {state.Layout.Table} {present.Set} {{ {present.KeyText()} }}",
                FirewallTag.OwnerIn(present.Element.Comment) ?? "")));
        return new FirewallDifference(missing, [.. leftover]);
    }

    /// <inheritdoc/>
    public void Reconcile(IReadOnlyCollection<FirewallPolicy> desired)
    {
        IReadOnlyList<NftablesElement> wanted = Compile(desired);
        Retry(() => Commit([.. NftablesLayout.All.Select(layout => NftablesPlan.Reconcile(Read(layout.Family), [.. Of(layout.Family, wanted)]))]));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(FirewallChange change)
    {
        IReadOnlyList<NftablesElement> add = Compile(change.Add);
        IReadOnlyList<NftablesElement> remove = Compile(change.Remove);
        return
        [
            .. add.Concat(remove).Select(element => element.Family).Distinct()
                .SelectMany(family => NftablesPlan.From(Read(family), [.. Of(family, add)], Of(family, remove)).ToCommands()),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports) => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> FindObstacles() => ForwardObstacles.BesideNftables();

    /// <inheritdoc/>
    public void RemoveAll() => Retry(() =>
    {
        IReadOnlyList<NftTable> tables = _connection.ListTables();
        using var batch = new NetfilterBatch();
        foreach (NftablesLayout layout in NftablesLayout.All.Where(layout => tables.Contains(layout.Table)))
        {
            batch.DeleteTable(layout.Table);
        }

        batch.Commit(_connection);
    });

    /// <summary>Closes the connection; the rules stay.</summary>
    public void Dispose() => _connection.Dispose();

    private static NftablesElement[] Of(FirewallFamily family, IEnumerable<NftablesElement> elements) =>
        [.. elements.Where(element => element.Family == family)];

    private static CnmException Refused(NetfilterBatchException error) => error.Errno switch
    {
        Errno.NotPermitted => new CnmException(CnmErrorKind.Forbidden, $"firewall: {error.Message}; run the daemon as root", error),

        // What is left of "no such thing" after reading the tables again is a sort of expression, set or chain that the kernel was built without.
        Errno.NoEntry or Errno.NotSupported => new CnmException(
            CnmErrorKind.Unavailable,
            $"firewall: the kernel lacks a part of nf_tables: {error.Message}; load the modules nft_chain_nat, nft_fib_ipv4, nft_fib_ipv6, nft_ct, nft_nat and nft_masq, or use --firewall-backend iptables",
            error),
        _ => new CnmException(CnmErrorKind.Internal, $"firewall: the kernel refused the rules and nothing was changed: {error.Message}", error),
    };

    private IReadOnlyList<NftablesElement> Compile(IEnumerable<FirewallPolicy> policies) =>
        [.. policies.SelectMany(policy => NftablesCompiler.Compile(policy, _ipv6Available))];

    private NftablesState Read(FirewallFamily family) => NftablesState.Read(_connection, NftablesLayout.Of(family));

    private void Commit(IEnumerable<NftablesPlan> plans)
    {
        using var batch = new NetfilterBatch();
        foreach (NftablesPlan plan in plans)
        {
            plan.AddTo(batch);
        }

        batch.Commit(_connection);
    }

    /// <summary>Does again what was planned from a state that somebody changed in between.</summary>
    private static void Retry(Action planAndCommit)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                planAndCommit();
                return;
            }
            catch (NetfilterBatchException error) when (error.Errno is Errno.NoEntry && attempt < Attempts)
            {
                // Gone between reading and sending: read again.
            }
            catch (NetfilterBatchException error)
            {
                throw Refused(error);
            }
        }
    }
}
