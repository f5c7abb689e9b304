using Net.Kernel.Files;

namespace Net.Tests.Unit.Kernel;

public sealed class EditMarkTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("netctl-edit-").FullName;

    private string Path => System.IO.Path.Combine(_directory, "resolv.conf");

    [Fact]
    public void What_was_written_last_and_before_is_nobodys_edit_and_anything_else_is()
    {
        File.WriteAllText(Path, "one");
        Assert.False(EditMark.IsEdited(Path)); // written before there were marks
        EditMark.Note(Path, "two", "one");
        Assert.False(EditMark.IsEdited(Path)); // ended before it was written
        File.WriteAllText(Path, "");
        Assert.False(EditMark.IsEdited(Path)); // ended while it was written
        File.WriteAllText(Path, "two");
        Assert.False(EditMark.IsEdited(Path));
        File.WriteAllText(Path, "three");
        Assert.True(EditMark.IsEdited(Path));
    }

    [Fact]
    public void A_mark_that_was_being_written_says_nothing()
    {
        File.WriteAllText(Path, "one");
        EditMark.Note(Path, "one", null);
        string mark = Assert.Single(Directory.GetFiles(_directory), static file => EditMark.FileOf(file) is not null);
        Assert.Equal(Path, EditMark.FileOf(mark));
        File.WriteAllText(mark, "");
        File.WriteAllText(Path, "two");
        Assert.False(EditMark.IsEdited(Path));
        EditMark.Remove(Path);
        Assert.Equal([Path], Directory.GetFiles(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
