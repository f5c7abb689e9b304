using System.Text;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller.Stores;

/// <summary>A store that is lost is made again from what is kept beside the shims.</summary>
public sealed class DescribedStoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");
    private readonly RememberingLog _log = new();
    private readonly FakeProcesses _processes = new();
    private readonly Sandbox _web = SampleModel.Make().Sandboxes.Single();

    private string StorePath => Path.Combine(_directory.FullName, "netctl.db");

    private string PriorsPath => Path.Combine(_directory.FullName, "priors.json");

    [Fact]
    public async Task What_runs_is_the_same_after_the_store_was_deleted_and_settings_keep_their_prior_values()
    {
        await FillAsync();
        File.Delete(StorePath);
        using DescribedStore store = Open();
        Assert.Equal(Text(SampleModel.Make()), Text(store.Load()));
        Assert.Equal(Text(SampleModel.Make()), Text(store.Load()));
        Assert.Equal("0", store.All()["net/ipv4/ip_forward"]);
        Assert.NotNull(store.Loss);
        Assert.Contains(
            "1 containers are taken up again from what their shims keep, with their networks; what did not run is lost", _log.Warnings);
    }

    [Fact]
    public async Task A_store_that_is_whole_is_believed_and_a_description_written_anew()
    {
        await FillAsync();
        _processes.Descriptions[_web.Id] = "old"u8.ToArray();
        using DescribedStore store = Open();
        store.Load();
        Assert.Empty(_log.Warnings);
        Assert.Contains("web.example.org", Encoding.UTF8.GetString(_processes.Descriptions[_web.Id]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_container_that_runs_and_that_no_store_knows_is_a_loss_unless_it_is_being_removed(bool isBeingRemoved)
    {
        await FillAsync();
        using (SqliteStore other = SqliteStore.Open(StorePath, _log, TimeProvider.System))
        {
            other.Save(ModelChange.Between(other.Load(), isBeingRemoved ? Removed() : ModelSnapshot.Empty));
        }

        using DescribedStore store = Open();
        Assert.Equal(isBeingRemoved ? [] : ["web"], store.Load().Sandboxes.Select(sandbox => sandbox.Name));
        Assert.Equal(isBeingRemoved ? null : StoreLossKind.Outdated, store.Loss?.Kind);
        Assert.Equal(!isBeingRemoved, _log.Warnings.Any(warning => warning.StartsWith(
            $"1 containers run ({_web.Id.Short}) of which the store does not say so", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Prior_values_beside_the_shims_are_later_than_those_of_a_store_that_has_lost_something()
    {
        await FillAsync();
        using (SqliteStore older = SqliteStore.Open(StorePath, _log, TimeProvider.System))
        {
            older.Save(ModelChange.Between(older.Load(), ModelSnapshot.Empty));
            older.Forget("net/ipv4/ip_forward");
            older.Remember("net/ipv4/ip_forward", "1");
        }

        using DescribedStore store = Open();
        store.Load();
        Assert.Equal("0", store.All()["net/ipv4/ip_forward"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"sandbox":{"id":"x"}}""")]
    public async Task A_description_that_cannot_be_read_is_told_and_the_container_is_not_known(string text)
    {
        await FillAsync();
        File.Delete(StorePath);
        _processes.Descriptions[_web.Id] = Encoding.UTF8.GetBytes(text);
        using DescribedStore store = Open();
        Assert.Empty(store.Load().Sandboxes);
        Assert.Contains(_log.Warnings, w => w.StartsWith($"what the shim of {_web.Id.Short} keeps", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    public async Task A_damaged_file_of_prior_values_is_none(string text)
    {
        await FillAsync();
        File.Delete(StorePath);
        File.WriteAllText(PriorsPath, text);
        using DescribedStore store = Open();
        Assert.NotEmpty(store.Load().Sandboxes);
        Assert.Empty(store.All());
        Assert.False(File.Exists(PriorsPath));
    }

    [Fact]
    public async Task A_description_goes_when_its_container_ends()
    {
        await FillAsync();
        using DescribedStore store = Open();
        var edit = new ModelEdit(store.Load());
        edit.Put(_web with { State = SandboxState.Exited, Ports = [] });
        store.Save(edit.ToChange());
        Assert.Empty(_processes.Descriptions);
    }

    [Fact]
    public async Task What_a_full_disk_did_not_take_is_written_with_the_next_change_of_anything()
    {
        await FillAsync();
        using DescribedStore store = Open();
        var edit = new ModelEdit(store.Load());
        byte[] before = _processes.Descriptions[_web.Id];
        File.Delete(PriorsPath);
        Directory.CreateDirectory(PriorsPath); // no file can be put there
        _processes.IsFull = true;
        edit.Put(_web with { Name = "shop" });
        store.Save(edit.ToChange());
        store.Remember("net/ipv4/conf/all/rp_filter", "2");
        store.Remember("net/ipv4/conf/all/arp_ignore", "1");
        Assert.Empty(_processes.Descriptions);
        Assert.Equal(2, _log.Warnings.Count);

        _processes.IsFull = false;
        Directory.Delete(PriorsPath);
        var other = new ModelEdit(edit.Now);
        other.Put(SampleModel.Make().Networks.Single() with { Id = NetworkId.New(), Name = "other", Pools = [] });
        store.Save(other.ToChange());
        Assert.Contains("\"shop\"", Encoding.UTF8.GetString(_processes.Descriptions[_web.Id]), StringComparison.Ordinal);
        Assert.NotEqual(before, _processes.Descriptions[_web.Id]);
        Assert.Contains("arp_ignore", File.ReadAllText(PriorsPath), StringComparison.Ordinal);
        Assert.Contains("rp_filter", File.ReadAllText(PriorsPath), StringComparison.Ordinal);
        Assert.Equal(4, _log.Warnings.Count);
    }

    [Fact]
    public async Task Of_an_older_store_that_contradicts_the_description_is_right()
    {
        await FillAsync();
        SandboxDescription description = SandboxDescription.Parse(_processes.Descriptions[_web.Id]);
        ModelSnapshot older = Older();
        ModelSnapshot model = LossRepair.Run(older, [description]);
        Assert.Equal(["front", "other"], model.Networks.Select(network => network.Name));
        Assert.Equal(description.Networks.Single().Id, model.FindNetwork("front").Id);
        Assert.Equal(["kept", "web"], model.Sandboxes.Select(sandbox => sandbox.Name).Order(StringComparer.Ordinal));
        Assert.Equal(_web.Id, model.FindSandbox("web").Id);
        Assert.Equal(_web.Id, model.EndpointsById.Values.Single().Sandbox);
        Assert.Equal(older.ForeignPools, model.ForeignPools);
        Assert.NotEmpty(model.ForeignPools);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    // A network and a container with the names that others have now, an endpoint of both, and a network and a container besides.
    private ModelSnapshot Older()
    {
        var edit = new ModelEdit(ModelSnapshot.Empty);
        Network front = SampleModel.Make().Networks.Single() with { Id = NetworkId.New() };
        edit.Put(front);
        edit.Put(front with { Id = NetworkId.New(), Name = "other", Pools = [] });
        Sandbox web = _web with { Id = SandboxId.New() };
        edit.Put(web);
        edit.Put(_web with { Id = SandboxId.New(), Name = "kept", State = SandboxState.Exited, Ports = [] });
        edit.Put(new Endpoint { Id = EndpointId.New(), Network = front.Id, Sandbox = web.Id, Order = 0, InterfaceName = "eth0" });
        edit.Put(new ForeignPool { Id = "pool", Pool = SampleModel.Make().Networks.Single().Pools[0] });
        return edit.Now;
    }

    private ModelSnapshot Removed()
    {
        var edit = new ModelEdit(SampleModel.Make());
        edit.Remove(SampleModel.Make().EndpointsById.Values.Single());
        edit.Remove(_web);
        return edit.Now;
    }

    private async Task FillAsync()
    {
        using (DescribedStore store = Open())
        {
            store.Load();
            await _processes.StartAsync(new SandboxProcessSpec { Sandbox = _web.Id }, default);
            store.Save(SampleModel.Change());
            store.Remember("net/ipv4/ip_forward", "0");
        }

        _log.Warnings.Clear();
    }

    private DescribedStore Open() => new(SqliteStore.Open(StorePath, _log, TimeProvider.System), _processes, PriorsPath, _log);

    // Without the tombstones, whose objects do not run.
    private static string Text(ModelSnapshot model) =>
        SampleModel.Text(model.Tombstones.Aggregate(new ModelEdit(model), (edit, tombstone) =>
        {
            edit.RemoveTombstone(tombstone.Owner);
            return edit;
        }).Now);
}
