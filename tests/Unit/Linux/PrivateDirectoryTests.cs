using Net.Linux;

namespace Net.Tests.Unit.Linux;

public sealed class PrivateDirectoryTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void A_directory_gets_its_mode_whatever_the_mask_is_and_its_parents_the_usual_one()
    {
        string root = Directory.CreateTempSubdirectory("netctl-test-").FullName;
        try
        {
            // With the usual mask, 022, the permission to write for others is what a mode alone would not give.
            const UnixFileMode everything = (UnixFileMode)0x1FF;
            Assert.True(PrivateDirectory.Make($"{root}/a/b/c/", everything));
            Assert.Equal(everything, File.GetUnixFileMode($"{root}/a/b/c"));
            Assert.Equal(PrivateDirectory.Usual, File.GetUnixFileMode($"{root}/a"));
            Assert.Equal(PrivateDirectory.Usual, File.GetUnixFileMode($"{root}/a/b"));

            Assert.False(PrivateDirectory.Make($"{root}/a/b/c", OwnerOnly));
            Assert.Equal(everything, File.GetUnixFileMode($"{root}/a/b/c"));
            Assert.True(PrivateDirectory.IsOwn(root));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
