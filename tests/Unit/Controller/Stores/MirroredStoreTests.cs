using Microsoft.Extensions.Time.Testing;
using Net.Controller.Models;
using Net.Controller.Stores;

namespace Net.Tests.Unit.Controller.Stores;

/// <summary>The copy of a store, whose disk cannot be written for a time.</summary>
public sealed class MirroredStoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("netctl-test-");
    private readonly RememberingLog _log = new();
    private readonly FakeTimeProvider _time = new();

    private string StorePath => Path.Combine(_directory.FullName, "netctl.db");

    private string CopyDirectory => Path.Combine(_directory.FullName, "mirror");

    [Fact]
    public void A_copy_that_could_not_be_written_is_made_again_with_a_later_change_and_is_whole()
    {
        File.WriteAllText(CopyDirectory, ""); // no directory can be made there
        using (MirroredStore store = Open())
        {
            store.Load();
            Assert.StartsWith("there is no copy of the store", Assert.Single(_log.Warnings), StringComparison.Ordinal);
            store.Save(SampleModel.Change());
            _time.Advance(TimeSpan.FromMinutes(1));
            store.Remember("net/ipv4/ip_forward", "0");

            File.Delete(CopyDirectory);
            store.Remember("net/ipv4/conf/all/rp_filter", "2");
            Assert.False(Directory.Exists(CopyDirectory)); // it was tried just now
            Assert.Single(_log.Warnings);

            _time.Advance(TimeSpan.FromMinutes(1));
            store.Forget("net/ipv4/conf/all/rp_filter");
            Assert.Equal($"there is a copy of the store in {CopyDirectory} again", _log.Warnings.Last());
            var edit = new ModelEdit(SampleModel.Make());
            edit.Put(SampleModel.Make().Sandboxes.Single() with { Name = "shop" });
            store.Save(edit.ToChange());
            Assert.Equal(2, _log.Warnings.Count);
        }

        File.Delete(StorePath);
        using MirroredStore again = Open();
        ModelSnapshot model = again.Load();
        Assert.Equal("shop", Assert.Single(model.Sandboxes).Name);
        Assert.Equal(SampleModel.Make().Networks.Select(network => network.Id), model.Networks.Select(network => network.Id));
        Assert.Equal("0", Assert.Single(again.All()).Value);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private MirroredStore Open() => new(SqliteStore.Open(StorePath, _log, _time), StorePath, CopyDirectory, _log, _time);
}
