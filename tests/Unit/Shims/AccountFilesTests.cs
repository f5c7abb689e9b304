using Net.Cnm.Errors;
using Net.Shims.Commands;

namespace Net.Tests.Unit.Shims;

/// <summary>The answers are those of Docker's GetExecUser for the same files.</summary>
public sealed class AccountFilesTests
{
    private static readonly AccountFiles Files = new(
        ["root:x:0:0:root:/root:/bin/sh", "# comment", "ann:x:1000:100:Ann:/home/ann:/bin/sh", "123:x:7:8::/odd:/bin/sh",
            "nohome:x:9:9:::"],
        ["root:x:0:", "users:x:100:", "audio:x:29:bob,ann", "video:x:44:ann", "broken"]);

    [Theory]
    [InlineData("ann", 1000, 100, "100 29 44", "/home/ann")]
    [InlineData("1000", 1000, 100, "100 29 44", "/home/ann")]
    [InlineData("ann:video", 1000, 44, "44", "/home/ann")]
    [InlineData("ann:4711", 1000, 4711, "4711", "/home/ann")]
    [InlineData("4711", 4711, 0, "0", "/")]
    [InlineData("4711:29", 4711, 29, "29", "/")]
    [InlineData("123", 123, 0, "0", "/")]
    [InlineData(":users", 0, 100, "100", "/root")]
    [InlineData("0", 0, 0, "0", "/root")]
    [InlineData("nohome", 9, 9, "9", "/")]
    public void A_user_is_found_by_name_or_number_with_its_groups_and_home(string text, uint user, uint group, string groups, string home)
    {
        (Net.Linux.Processes.ProcessCredentials credentials, string found) = Files.Find(text);

        Assert.Equal((user, group), (credentials.User, credentials.Group));
        Assert.Equal((groups, home), (string.Join(' ', credentials.Groups), found));
    }

    [Theory]
    [InlineData("bob", "unable to find user bob: no matching entries in passwd file; ")]
    [InlineData("ann:nobody", "unable to find group nobody: no matching entries in group file; ")]
    [InlineData("2147483648", "uids and gids must be in range 0-2147483647; 2147483648 is not")]
    [InlineData("1:99999999999", "uids and gids must be in range 0-2147483647; 99999999999 is not")]
    [InlineData("-1", "unable to find user -1: no matching entries in passwd file; ")]
    public void What_is_not_there_is_refused_in_Dockers_words(string text, string words)
    {
        CnmException error = Assert.Throws<CnmException>(() => Files.Find(text));

        Assert.Equal(CnmErrorKind.InvalidParameter, error.Kind);
        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
    }
}
