using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller.Stores;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");
    private readonly RememberingLog _log = new();

    private string StorePath => Path.Combine(_directory.FullName, "netctl.db");

    [Theory]
    [InlineData("v1.db")]
    [InlineData("v2.db")]
    [InlineData("v3.db")]
    [InlineData("v5.db")]
    public void A_store_of_an_earlier_version_opens_and_says_what_was_put_into_it(string sample)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Controller", "Stores", sample), StorePath);
        using SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        ModelSnapshot model = store.Load();
        Assert.Equal(SampleModel.Text(SampleModel.Make()), SampleModel.Text(model));
        Assert.Equal(new Dictionary<string, string> { ["sysctl:host:net/ipv4/ip_forward"] = "0" }, store.All());
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void In_a_store_of_version_3_what_was_created_without_a_command_runs_and_what_has_one_waits_for_its_start()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Controller", "Stores", "v3-created.db"), StorePath);
        using SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        ModelSnapshot model = store.Load();
        Sandbox box = model.FindSandbox("box");
        Assert.Equal(SandboxState.Running, box.State);
        Assert.Equal([8080, 8080], box.Ports.Select(port => (int)port.HostPort));
        Assert.Equal("192.0.2.2/24", $"{Assert.Single(model.EndpointsOf(box.Id)).IPv4}");
        Sandbox web = model.FindSandbox("web");
        Assert.Equal(SandboxState.Created, web.State);
        Assert.Equal(8081, (int)Assert.Single(web.PortSpecs).HostPort!);
        Assert.Empty(web.Ports);
        Assert.Null(Assert.Single(model.EndpointsOf(web.Id)).IPv4);
    }

    [Fact]
    public void Finding_out_whether_it_can_be_written_writes_as_much_as_a_change_and_leaves_nothing()
    {
        using SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        store.Save(SampleModel.Change());
        var log = new FileInfo($"{StorePath}-wal");
        long before = log.Length;
        store.RequireWritable();
        log.Refresh();
        Assert.True(log.Length >= before + 32768, $"{before} bytes, then {log.Length}");
        Assert.Empty(store.All());
        Assert.Equal(SampleModel.Text(SampleModel.Make()), SampleModel.Text(store.Load()));
    }

    [Fact]
    public void Everything_that_is_stored_is_read_back()
    {
        ModelSnapshot sample = SampleModel.Make();
        using (SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System))
        {
            store.Save(SampleModel.Change());
        }

        using SqliteStore again = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        Assert.Equal(SampleModel.Text(sample), SampleModel.Text(again.Load()));
        again.Save(SampleModel.Change().Inverse());
        Assert.Equal(SampleModel.Text(ModelSnapshot.Empty), SampleModel.Text(again.Load()));
    }

    [Fact]
    public void What_a_user_says_about_a_resolver_and_private_names_are_read_back()
    {
        ModelSnapshot sample = SampleModel.Make();
        var edit = new ModelEdit(sample);
        Sandbox sandbox = sample.Sandboxes[0] with
        {
            Resolver =
                new ResolverConfig
                {
                    Servers = [IPAddress.Parse("2001:db8::53")],
                    Search = ["a.example", "b.example"],
                    Options = ["ndots:2"],
                },
        };
        edit.Put(sandbox);
        edit.Put(sample.EndpointsOf(sandbox.Id)[0] with { PrivateNames = [new PrivateName("db", "store")] });
        using (SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System))
        {
            store.Save(SampleModel.Change());
            store.Save(edit.ToChange());
        }

        using SqliteStore again = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        Assert.Equal(SampleModel.Text(edit.Now), SampleModel.Text(again.Load()));
        Assert.Contains("2001:db8::53", SampleModel.Text(edit.Now), StringComparison.Ordinal);
    }

    [Fact]
    public void Released_addresses_are_read_back_in_the_order_of_their_release_and_go_with_their_network()
    {
        ModelSnapshot sample = SampleModel.Make();
        Endpoint endpoint = sample.EndpointsById.Values.First();
        ModelEdit moves = new(sample);
        moves.Put(endpoint with { IPv4 = InterfaceAddress.Parse("192.0.2.131/24") });
        moves.Put(endpoint with { IPv4 = InterfaceAddress.Parse("192.0.2.130/24") });
        moves.Put(endpoint with { IPv4 = InterfaceAddress.Parse("192.0.2.132/24"), IPv6 = null });
        ModelEdit more = new(moves.Now);
        more.Put(endpoint with { IPv4 = InterfaceAddress.Parse("192.0.2.129/24"), IPv6 = null });
        ModelEdit removal = new(more.Now);
        removal.Remove(removal.Now.EndpointsById.Values.First());
        removal.Remove(removal.Now.Networks[0]);
        using (SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System))
        {
            store.Save(SampleModel.Change());
            store.Save(moves.ToChange());
            Assert.Equal("192.0.2.129 192.0.2.131 192.0.2.130 2001:db8::2", Freed(store));
            store.Save(more.ToChange());
            store.Save(removal.ToChange());
            Assert.Empty(store.Load().FreedByNetwork);
            store.Save(removal.ToChange().Inverse());
        }

        using SqliteStore again = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        Assert.Equal("192.0.2.131 192.0.2.130 192.0.2.132 2001:db8::2", Freed(again));
        again.Save(more.ToChange().Inverse());
        Assert.Equal("192.0.2.129 192.0.2.131 192.0.2.130 2001:db8::2", Freed(again));

        string Freed(SqliteStore store)
        {
            FreedAddresses freed = store.Load().FreedOf(endpoint.Network);
            return string.Join(' ', freed.InOrder(AddressFamily.InterNetwork).Concat(freed.InOrder(AddressFamily.InterNetworkV6)));
        }
    }

    [Fact]
    public void The_first_value_of_a_setting_is_the_one_that_is_remembered()
    {
        using SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        store.Remember("a", "0");
        store.Remember("a", "1");
        Assert.Equal("0", store.All()["a"]);
        store.Forget("a");
        Assert.Empty(store.All());
    }

    [Theory]
    [InlineData("this is not a database, it is a letter to somebody, long enough to be taken for a header of one hundred bytes or more")]
    [InlineData("short")]
    public void A_file_that_is_no_database_is_set_aside_and_that_is_said(string content)
    {
        File.WriteAllText(StorePath, content);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 67, TimeSpan.Zero));
        using SqliteStore store = SqliteStore.Open(StorePath, _log, clock);
        Assert.Empty(store.Load().Networks);
        string aside = $"{StorePath}.corrupt-20260102T030405067";
        Assert.Contains($"was set aside as {aside}", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(aside));
    }

    [Fact]
    public void A_row_that_cannot_be_read_sets_the_store_aside()
    {
        using (SqliteStore store = SqliteStore.Open(StorePath, _log, TimeProvider.System))
        {
            store.Save(SampleModel.Change());
        }

        Run("UPDATE networks SET json = '{\"id\":\"nonsense\"}'");
        using SqliteStore again = SqliteStore.Open(StorePath, _log, TimeProvider.System);
        Assert.Empty(again.Load().Networks);
        Assert.Single(_log.Warnings);
        again.Save(SampleModel.Change());
    }

    [Fact]
    public void A_store_of_a_later_version_is_left_alone()
    {
        SqliteStore.Open(StorePath, _log, TimeProvider.System).Dispose();
        Run("UPDATE schema_version SET version = 99");
        CnmException error = Assert.Throws<CnmException>(() => SqliteStore.Open(StorePath, _log, TimeProvider.System));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Contains("later netctl", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_with_a_remedy()
    {
        CnmException error = Assert.Throws<CnmException>(() => SqliteStore.Open("/nowhere/at/all/netctl.db", _log, TimeProvider.System));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Contains("--data-root", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private void Run(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={StorePath};Pooling=False");
        connection.Open();
        using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of the caller.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
