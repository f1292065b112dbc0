-- AlterTable
ALTER TABLE "cluster" ADD COLUMN     "profile" JSONB NOT NULL DEFAULT '{}';

-- What the schema language of Prisma cannot say.
ALTER TABLE "cluster" ADD CONSTRAINT "cluster_profile_check" CHECK (jsonb_typeof("profile") = 'object');
