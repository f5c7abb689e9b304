using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Firewall.Obstacles;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>The firewall by nf_tables over netlink: <c>table ip netctl</c>, <c>table ip6 netctl</c> and <c>table bridge netctl</c>, one
/// transaction a change.</summary>
/// <remarks>A change is first sent on the assumption that the tables and the elements to remove are there. Only when the kernel reports
/// that something is missing are the tables read and the change planned from what is there (kernels before 6.3 cannot be told to ignore
/// missing elements). Not safe for two threads at once: changes must come one after the other.</remarks>
public sealed class NftablesBackend : IFirewallBackend, IDisposable
{
    private const int Attempts = 5;

    private readonly NetlinkConnection _connection;
    private readonly bool _ipv6Available;
    private readonly IReadOnlyList<NftablesTable> _tables;

    private NftablesBackend(NetlinkConnection connection, bool ipv6Available, IReadOnlyList<NftablesTable> tables)
    {
        _connection = connection;
        _ipv6Available = ipv6Available;
        _tables = tables;
    }

    /// <inheritdoc/>
    public string Name => "nftables";

    /// <summary>Opens the firewall of a namespace.</summary>
    /// <param name="networkNamespace">The namespace; null for that of the calling thread.</param>
    /// <param name="ipv6Available">Whether the kernel has IPv6.</param>
    /// <param name="tables">The tables that the backend manages; null for all. Elements of a policy that belong to other tables are left
    /// out.</param>
    /// <exception cref="CnmException">Unavailable: the kernel has no netfilter netlink.</exception>
    public static NftablesBackend Open(
        NetworkNamespace? networkNamespace = null, bool ipv6Available = true, IReadOnlyList<NftablesTable>? tables = null)
    {
        try
        {
            return new NftablesBackend(
                NetlinkConnection.Open(NetlinkProtocol.Netfilter, networkNamespace),
                ipv6Available,
                tables ?? Enum.GetValues<NftablesTable>());
        }
        catch (LinuxException error)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"firewall: the kernel has no nf_tables ({error.Message}); load the module nf_tables, or use --firewall-backend iptables",
                error);
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
        ILookup<NftablesTable, NftablesElement> add = Compile(change.Add);
        ILookup<NftablesTable, NftablesElement> remove = Compile(change.Remove);
        try
        {
            Commit([.. Touched(add, remove).Select(table => NftablesPlan.Assume(table, add[table], remove[table]))]);
        }
        catch (NetfilterBatchException error) when (error.Errno == Errno.NoEntry)
        {
            Retry(() => Commit(Plan(add, remove)));
        }
        catch (NetfilterBatchException error)
        {
            throw Refused(error);
        }
    }

    /// <inheritdoc/>
    public FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired)
    {
        Dictionary<NftablesTable, NftablesState> states = _tables.ToDictionary(table => table, Read);
        var expected = new HashSet<NftablesElement>();
        var missing = new List<FirewallPolicy>();
        foreach (FirewallPolicy policy in desired)
        {
            NftablesElement[] elements = [.. Elements([policy])];
            expected.UnionWith(elements);
            if (!elements.All(element => states[element.Table].IsWhole && states[element.Table].Has(element)))
            {
                missing.Add(policy);
            }
        }

        IEnumerable<RuleLeftover> leftover = states.Values.SelectMany(state => state.Elements
            .Where(present => !expected.Contains(present))
            .Select(present => new RuleLeftover(
                "element",
                $"nft element {state.Layout.Table} {present.Set} {{ {present.KeyText()} }}",
                FirewallTag.OwnerIn(present.Element.Comment) ?? "")));
        return new FirewallDifference(missing, [.. leftover]);
    }

    /// <inheritdoc/>
    public void Reconcile(IReadOnlyCollection<FirewallPolicy> desired)
    {
        ILookup<NftablesTable, NftablesElement> wanted = Compile(desired);
        Retry(() => Commit([.. _tables.Select(table => NftablesPlan.Reconcile(Read(table), [.. wanted[table]]))]));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(FirewallChange change)
    {
        IReadOnlyList<NftablesPlan> plans = Plan(Compile(change.Add), Compile(change.Remove));
        return [.. NeedsUserTable(plans) ? NftablesUserTable.ToCommands() : [], .. plans.SelectMany(plan => plan.ToCommands())];
    }

    /// <inheritdoc/>
    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports) => NftablesCounters.Read(_connection, ports);

    /// <inheritdoc/>
    public string? FindHolder(IReadOnlyCollection<FirewallPolicy> policies) => null;

    /// <inheritdoc/>
    public IReadOnlyList<string> FindObstacles() => ForwardObstacles.BesideNftables();

    /// <inheritdoc/>
    public IReadOnlyList<StoppedPacket> FindStopped(IReadOnlyCollection<SamplePacket> packets) => PacketStops.BesideNftables(packets);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindLegacyTables() => IptablesVariantConflict.InLegacy();

    /// <inheritdoc/>
    public void RemoveAll() => Retry(() =>
    {
        IReadOnlyList<NftTable> tables = _connection.ListTables();
        using var batch = new NetfilterBatch();
        foreach (NftTable table in _tables.Select(table => NftablesLayout.Of(table).Table).Where(tables.Contains))
        {
            batch.DeleteTable(table);
        }

        if (_tables.Contains(NftablesTable.IPv4) && tables.Contains(NftablesUserTable.Table) && NftablesUserTable.IsUnused(_connection))
        {
            batch.DeleteTable(NftablesUserTable.Table);
        }

        batch.Commit(_connection);
    });

    /// <summary>Closes the connection; the rules stay.</summary>
    public void Dispose() => _connection.Dispose();

    private static IEnumerable<NftablesTable> Touched(
        ILookup<NftablesTable, NftablesElement> add, ILookup<NftablesTable, NftablesElement> remove) =>
        add.Concat(remove).Select(table => table.Key).Distinct().Order();

    private static CnmException Refused(NetfilterBatchException error) => error.Errno switch
    {
        var errno when errno == Errno.NotPermitted => new CnmException(
            CnmErrorKind.Forbidden, $"firewall: {error.Message}; run the daemon as root", error),

        // NoEntry that persists after reading the tables again means that the kernel was built without an expression, set type or chain
        // type.
        var errno when errno.IsAnyOf(Errno.NoEntry, Errno.NotSupported, Errno.AddressFamilyNotSupported) => new CnmException(
            CnmErrorKind.Unavailable,
            $"firewall: the kernel lacks a part of nf_tables: {error.Message}; load the modules nft_chain_nat, nft_fib_ipv4, " +
            "nft_fib_ipv6, nft_ct, nft_nat and nft_masq, or take a kernel with CONFIG_NF_TABLES_BRIDGE",
            error),
        _ =>
            new CnmException(
                CnmErrorKind.Internal, $"firewall: the kernel refused the rules and nothing was changed: {error.Message}", error),
    };

    private ILookup<NftablesTable, NftablesElement> Compile(IEnumerable<FirewallPolicy> policies) =>
        Elements(policies).ToLookup(element => element.Table);

    private IEnumerable<NftablesElement> Elements(IEnumerable<FirewallPolicy> policies) => policies
        .SelectMany(policy => NftablesCompiler.Compile(policy, _ipv6Available))
        .Where(element => _tables.Contains(element.Table));

    private NftablesState Read(NftablesTable table) => NftablesState.Read(_connection, NftablesLayout.Of(table));

    private IReadOnlyList<NftablesPlan> Plan(ILookup<NftablesTable, NftablesElement> add, ILookup<NftablesTable, NftablesElement> remove) =>
        [.. Touched(add, remove).Select(table => NftablesPlan.From(Read(table), [.. add[table]], remove[table]))];

    private bool NeedsUserTable(IReadOnlyList<NftablesPlan> plans) =>
        plans.Any(plan => plan.MakesHostTable) && !_connection.ListTables().Contains(NftablesUserTable.Table);

    private void Commit(IReadOnlyList<NftablesPlan> plans)
    {
        using var batch = new NetfilterBatch();
        if (NeedsUserTable(plans))
        {
            NftablesUserTable.AddTo(batch);
        }

        foreach (NftablesPlan plan in plans)
        {
            plan.AddTo(batch);
        }

        batch.Commit(_connection);
    }

    /// <summary>Repeats a plan that failed because another program changed the tables after they were read.</summary>
    private static void Retry(Action planAndCommit)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                planAndCommit();
                return;
            }
            catch (NetfilterBatchException error) when (error.Errno == Errno.NoEntry && attempt < Attempts)
            {
                // A set or element was deleted between reading and sending: read again.
            }
            catch (NetfilterBatchException error)
            {
                throw Refused(error);
            }
        }
    }
}
